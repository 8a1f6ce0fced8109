-- The provenance that --provenance gives replaces that of every row.
UPDATE staged_results SET provenance = $provenance;
