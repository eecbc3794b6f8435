# Ruby's pg: parameters, prepared statements, COPY, single-row mode, errors. Arguments: port.
require 'pg'

def check(condition, message)
  raise message unless condition
end

connection = PG.connect(host: '127.0.0.1', port: ARGV[0].to_i, user: 'admin', dbname: 'dev')
connection.exec('create table ruby_pg (id int, name varchar(20), n numeric(6,2))')
connection.prepare('put', 'insert into ruby_pg values ($1, $2, $3)')
connection.exec_prepared('put', [1, "O'Brien é", '1.50'])
connection.copy_data('copy ruby_pg from stdin') do
  (2..100).each { |id| connection.put_copy_data("#{id}\t\\N\t#{id}.25\n") }
end
result = connection.exec_params('select count(*), count(name), sum(n) from ruby_pg where id > $1', [0])
check(result.values == [['100', '1', '5075.25']], result.values.inspect)

connection.send_query('select id from ruby_pg order by id')
connection.set_single_row_mode
seen = 0
while (row = connection.get_result)
  row.check
  row.each { seen += 1 }
end
check(seen == 100, seen.to_s)

begin
  connection.transaction do
    connection.exec('delete from ruby_pg')
    connection.exec('select nope')
  end
  raise 'an unknown column was accepted'
rescue PG::UndefinedColumn => error
  check(error.result.error_field(PG::Result::PG_DIAG_SQLSTATE) == '42703', error.message)
end
check(connection.exec('select count(*) from ruby_pg').getvalue(0, 0) == '100', 'rolled back')
puts 'ok'
