-- A name as it is compared with others.
SELECT alike($called);
