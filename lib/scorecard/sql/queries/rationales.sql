-- Why the targets in force in a month are what they are: code and rationale, of those that have one.
SELECT code, rationale FROM targets_in_force(month_start($month)) WHERE rationale IS NOT NULL ORDER BY code;
