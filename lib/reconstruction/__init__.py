"""Works the monthly history out again from the published paper: whole numbers for every month."""
