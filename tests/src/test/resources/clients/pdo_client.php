<?php
// PHP's PDO: parameters, prepared statements, transactions, errors. Arguments: port.
function check(bool $condition, string $message): void
{
    if (!$condition) {
        throw new RuntimeException($message);
    }
}

$pdo = new PDO("pgsql:host=127.0.0.1;port={$argv[1]};dbname=dev", 'admin', '');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('create table pdo (id int, name varchar(20), n numeric(6,2), b boolean)');
$put = $pdo->prepare('insert into pdo values (:id, :name, :n, :b)');
foreach ([[1, "O'Brien é", '1.50', 'true'], [2, null, '2.25', 'false']] as [$id, $name, $n, $b]) {
    $put->execute(['id' => $id, 'name' => $name, 'n' => $n, 'b' => $b]);
}
$rows = $pdo->query('select * from pdo order by id')->fetchAll(PDO::FETCH_NUM);
check($rows === [[1, "O'Brien é", '1.50', true], [2, null, '2.25', false]], var_export($rows, true));
$pdo->beginTransaction();
check($pdo->exec('delete from pdo') === 2, 'two rows deleted');
$pdo->rollBack();
check($pdo->query('select count(*) from pdo')->fetchColumn() === 2, 'rolled back');
try {
    $pdo->query('select nope from pdo');
    throw new RuntimeException('an unknown column was accepted');
} catch (PDOException $error) {
    check($error->getCode() === '42703', $error->getMessage());
}
echo "ok\n";
