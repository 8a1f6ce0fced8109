-- load_as_at(12), load_as_at('2016-11-20'), load_as_at(NULL) → the number of the load that was the
-- last one then: a load's own number; the last load made by the end of that day in the council's time
-- zone; everything there is now, hand edits included. An error where there was none.
CREATE MACRO load_as_at(as_at) AS
    CASE WHEN as_at IS NULL THEN 2147483647
         ELSE (
             SELECT coalesce(
                 max(load) FILTER (CAST(load AS VARCHAR) = CAST(as_at AS VARCHAR)
                                   OR CAST(loaded_at AS DATE) <= TRY_CAST(CAST(as_at AS VARCHAR) AS DATE)),
                 error(CASE WHEN TRY_CAST(CAST(as_at AS VARCHAR) AS DATE) IS NULL
                            THEN '`' || CAST(as_at AS VARCHAR) || '` is no load: '
                            ELSE 'nothing had been loaded by ' || CAST(as_at AS VARCHAR) || ': ' END
                       || coalesce(
                     'there are loads ' || min(load) || ' to ' || max(load) || ', made from '
                     || strftime(min(loaded_at), '%Y-%m-%d') || ' to '
                     || strftime(max(loaded_at), '%Y-%m-%d') || '.',
                     'nothing has been loaded with a number.')))
             FROM loads WHERE recorded)
    END;

-- results_as_at(12) : the results as they were after that load, those that are figures: columns as in `results`.
CREATE MACRO results_as_at(as_at) AS TABLE
    SELECT unit, code, cohort, month, num, denom, provenance, added_up
    FROM result_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load AND num IS NOT NULL;

-- places_as_at('2016-08', as_at := 12) : the usual decimals of each indicator: the most that any
-- result up to that month has, so that a later month leaves an earlier pack as it is.
CREATE MACRO places_as_at(for_month, as_at := NULL) AS TABLE
    SELECT code, max(num_places) AS num_places, max(denom_places) AS denom_places
    FROM supplied_places
    WHERE month <= month_start(for_month) AND load_as_at(as_at) BETWEEN first_load AND last_load
    GROUP BY code;
