# DBD::Pg: placeholders and metadata. Arguments: port.
use strict;
use DBI;

my $db = DBI->connect("dbi:Pg:dbname=dev;host=127.0.0.1;port=$ARGV[0]", "admin", "",
    { RaiseError => 1 });
$db->do("create table perl (id int not null, name varchar(20))");
$db->do("insert into perl values (?, ?)", undef, 1, "one");
my ($name) = $db->selectrow_array("select name from perl where id = ?", undef, 1);
die "name is $name" unless $name eq "one";
my @tables = map { $_->[2] } @{ $db->table_info(undef, "public", "perl", "TABLE")->fetchall_arrayref };
die "tables: @tables" unless "@tables" eq "perl";
my @columns = map { $_->[3] } @{ $db->column_info(undef, "public", "perl", "%")->fetchall_arrayref };
die "columns: @columns" unless "@columns" eq "id name";
print "ok\n";
