-- result_top(format, num) → the numerator of a result as the exact fraction top / bottom, so that nothing is lost
-- before it is compared: num × factor_of(format).
-- 24 digits though 16 would hold them: DuckDB multiplies two decimals of up to 18 digits in 64 bits
-- and overflows, and wider ones in 128.
CREATE MACRO result_top(format, num) AS
    CAST(factor_of(format) * num AS DECIMAL(24, 4));

-- result_bottom(format, denom) → its denominator: denom, or 1 for a count.
CREATE MACRO result_bottom(format, denom) AS
    CAST(CASE WHEN format = 'count' THEN 1 ELSE denom END AS DECIMAL(24, 4));

-- ten_thousandths(x) → a decimal of at most four places as a whole number of ten-thousandths. Below a thousand
-- million the product fits 64 bits: 10 ns, and 130 in 128 bits.
CREATE MACRO ten_thousandths(x) AS
    coalesce(CAST(TRY_CAST(x AS DECIMAL(13, 4)) * 10000 AS BIGINT), CAST(CAST(x AS DECIMAL(30, 4)) * 10000 AS HUGEINT));

-- in_decimals(top, bottom, places) → top / bottom (whole numbers) in units of its last decimal, halves away from zero
-- as spreadsheets round: 123 for 12.34 with one decimal. In whole numbers throughout, since 0.05 has no exact form in
-- floating point. NULL when bottom is 0 or either is NULL.
CREATE MACRO in_decimals(top, bottom, places) AS
    CASE WHEN bottom <> 0 THEN
        sign(top) * sign(bottom)
        * ((2 * abs(top) * CAST(10 ** places AS HUGEINT) + abs(bottom)) // (2 * abs(bottom)))
    END;

-- round_fraction(top, bottom, places) → top / bottom (whole numbers) to `places` (0 to 10) decimals, halves away from
-- zero. DECIMAL(38,10).
CREATE MACRO round_fraction(top, bottom, places) AS
    CAST(in_decimals(top, bottom, places) * CAST(10 ** (10 - places) AS HUGEINT) AS DECIMAL(28, 0)) * 0.0000000001;

-- rounded(top, bottom, places) → likewise of decimals of at most four places.
CREATE MACRO rounded(top, bottom, places) AS
    round_fraction(ten_thousandths(top), ten_thousandths(bottom), places);

-- shown(top, bottom, format) → the figure a reader sees: top / bottom with the usual decimals of its format.
-- DECIMAL(22,4).
CREATE MACRO shown(top, bottom, format) AS
    CAST(CAST(in_decimals(ten_thousandths(top), ten_thousandths(bottom), display_places(format))
              * CAST(10 ** (4 - display_places(format)) AS HUGEINT) AS DECIMAL(22, 0)) * 0.0001 AS DECIMAL(22, 4));

-- ceil_fraction(top, bottom) → the whole number at or above top / bottom (whole numbers, bottom positive).
CREATE MACRO ceil_fraction(top, bottom) AS
    CASE WHEN top > 0 THEN (top + bottom - 1) // bottom ELSE -(abs(top) // bottom) END;

-- floor_fraction(top, bottom) → the whole number at or below top / bottom, likewise.
CREATE MACRO floor_fraction(top, bottom) AS -ceil_fraction(-top, bottom);

-- plain(x) → an exact figure of up to eight decimals with those that it needs: '1145', '404.3'.
CREATE MACRO plain(x) AS rtrim(rtrim(CAST(CAST(x AS DECIMAL(38, 8)) AS VARCHAR), '0'), '.');
