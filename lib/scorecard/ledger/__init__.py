"""The ledger: what was loaded when, by whom and why, as files in `data/loads/`."""
