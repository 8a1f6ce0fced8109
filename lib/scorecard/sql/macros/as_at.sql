-- load_as_at(12), load_as_at('2016-11-20'), load_as_at(NULL) → the number of the load that was the
-- last one then: a load's own number; the last load made by the end of that day in the council's time
-- zone; everything there is now, hand edits included. An error where there was none.
CREATE MACRO load_as_at(as_at) AS
    CASE WHEN as_at IS NULL THEN end_of_loads()
         ELSE (
             SELECT coalesce(
                 max(load) FILTER (CAST(load AS VARCHAR) = CAST(as_at AS VARCHAR)
                                   OR CAST(loaded_at AS DATE) <= TRY_CAST(CAST(as_at AS VARCHAR) AS DATE)),
                 error(CASE WHEN TRY_CAST(CAST(as_at AS VARCHAR) AS DATE) IS NULL
                            THEN '`' || CAST(as_at AS VARCHAR) || '` is not a load: '
                            ELSE 'nothing had been loaded by ' || CAST(as_at AS VARCHAR) || ': ' END
                       || coalesce(
                     'the loads are ' || min(load) || ' to ' || max(load) || ', made from '
                     || strftime(min(loaded_at), '%Y-%m-%d') || ' to '
                     || strftime(max(loaded_at), '%Y-%m-%d') || '.',
                     'no load has been recorded.')))
             FROM loads WHERE recorded)
    END;

-- results_as_at(12) : the results as they were after that load, those that have a numerator: columns as in `results`.
-- What adds up, subtracts or counts cases reads these; a finished result has nothing of that.
CREATE MACRO results_as_at(as_at) AS TABLE
    SELECT unit, code, cohort, month, num, denom, provenance, added_up
    FROM result_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load AND num IS NOT NULL;

-- given_as_at(12) : the same, and the finished results, which have `result` and result_places, the decimals that it
-- was given with, in place of num and denom.
CREATE MACRO given_as_at(as_at) AS TABLE
    SELECT unit, code, cohort, month, num, denom, result, result_places, provenance, added_up
    FROM result_versions
    WHERE load_as_at(as_at) BETWEEN first_load AND last_load AND coalesce(num, result) IS NOT NULL;

-- places_as_at('2016-08', as_at := 12) : the usual decimals of each indicator: the most that any
-- result up to that month has, so that a later month leaves an earlier pack as it is.
CREATE MACRO places_as_at(for_month, as_at := NULL) AS TABLE
    SELECT code, max(num_places) AS num_places, max(denom_places) AS denom_places
    FROM supplied_places
    WHERE month <= month_start(for_month) AND load_as_at(as_at) BETWEEN first_load AND last_load
    GROUP BY code;

-- code_text(17) → '17': a code as the catalogue has it.
CREATE MACRO code_text(code) AS CAST(code AS VARCHAR);

-- unknown_name('unit', 'knet', ['kent', …]) : an error that names the nearest of the names `known`.
CREATE MACRO unknown_name(kind, name, known) AS
    error('unknown ' || kind || ' `' || name || '`: the nearest is `'
          || list_sort([{'far': 1 - jaro_winkler_similarity(name, k), 'name': k} FOR k IN known])[1].name || '`');

-- known_or_error(for_unit, for_code, for_cohort, for_month, as_at) → true; an error that names the nearest where
-- the store has no such unit, indicator, cohort or group, or month with results. A code or month that is NULL is
-- not looked at. Macros of one unit have it in WHERE, where it filters nothing: a wrong name is an error, instead
-- of no rows. They compare units by list_contains and not by =: where no block can hold the
-- unit, DuckDB skips the scan, and known_or_error would not be called.
CREATE MACRO known_or_error(for_unit, for_code, for_cohort, for_month, as_at) AS (
    SELECT CASE
        WHEN NOT list_contains(units, for_unit) THEN unknown_name('unit', for_unit, units)
        WHEN NOT list_contains(codes, code_text(for_code)) THEN unknown_name('indicator', code_text(for_code), codes)
        WHEN NOT list_contains(cohorts, for_cohort) THEN unknown_name('cohort', for_cohort, cohorts)
        WHEN NOT list_contains(months, strftime(month_start(for_month), '%Y-%m'))
            THEN error('there are no results for ' || strftime(month_start(for_month), '%Y-%m') || ': the store holds '
                       || list_min(months) || ' to ' || list_max(months))
        ELSE true END
    FROM (SELECT (SELECT list(DISTINCT unit) FROM units) AS units, (SELECT list(code) FROM indicators) AS codes,
                 (SELECT list(cohort) FROM cohorts) AS cohorts,
                 -- Every result is of one of its rows, which are far fewer.
                 (SELECT list(DISTINCT strftime(month, '%Y-%m')) FROM supplied_places
                  WHERE load_as_at(as_at) BETWEEN first_load AND last_load) AS months));
