-- The form of a name in which names are compared.
SELECT alike($called);
