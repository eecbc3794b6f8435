drop user if exists analysis_user;
create user analysis_user password disable;
select change_user_priority('analysis_user', 'lowest');
