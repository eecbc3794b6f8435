create group qa_users;
create user dw_user password disable createuser;
