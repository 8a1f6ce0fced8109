-- What the analyst says of every row, whatever its file says.
UPDATE staged_results SET provenance = $provenance;
