FROM provenances;
