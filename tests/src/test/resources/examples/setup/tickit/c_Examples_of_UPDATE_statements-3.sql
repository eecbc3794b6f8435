update category set catgroup = 'Theatre', catname = 'Shows', catdesc = default where catid between 6 and 8;
