update category set catgroup = 'Theatre' where catid between 6 and 8;
