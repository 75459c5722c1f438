import Postgres
import Testing

@Suite("A statement as a type")
struct SQLTests {
    @Test("every interpolated value becomes a bind")
    func binds() {
        let name = "O'Neill", missing: Int? = nil
        let sql: SQL = "SELECT \(name), \(missing), \(3)"
        #expect(sql.text == "SELECT $1, $2, $3")
        #expect(sql.parameters == ["O'Neill", nil, "3"])
    }

    @Test("a spliced fragment keeps its values and renumbers its binds")
    func splicing() {
        let names = (1...11).map { "n\($0)" }
        var list: SQL = "\(names[0])"
        for name in names.dropFirst() { list = "\(list), \(name)" }
        let sql: SQL = "SELECT \(true) WHERE x IN (\(list)) AND y = \(7)"
        #expect(
            sql.text
                == "SELECT $1 WHERE x IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AND y = $13")
        #expect(sql.parameters == ["t"] + names + ["7"])
    }

    @Test("statements can be added up, and an author's own dollar is left alone")
    func adding() {
        let where1: SQL = "a = \(1) AND cost ~ '^[$]5' ", where2: SQL = "AND é = \(2)"
        let both = where1 + where2
        #expect(both.text == "a = $1 AND cost ~ '^[$]5' AND é = $2")
        #expect(both.parameters == ["1", "2"])
    }

    @Test("an identifier is quoted, whatever it holds")
    func identifiers() {
        #expect(SQL.identifier(#"a"b; DROP"#).text == #""a""b; DROP""#)
    }

    @Test("an array with gaps binds NULL elements")
    func gaps() {
        let names: [String?] = ["a", nil, "NULL"], whole = ["a"]
        let sql: SQL = "SELECT unnest(\(names)::text[]), \(whole)"
        #expect(sql.parameters == [#"{"a",NULL,"NULL"}"#, #"{"a"}"#])
    }

    @Test("a statement that is printed shows no value")
    func printing() {
        let sql: SQL = "SELECT \("secret")"
        var dumped = ""
        dump(sql, to: &dumped)
        #expect("\(sql)" == "SELECT $1")
        #expect(!(dumped + String(reflecting: sql)).contains("secret"))
    }

    @Test("a value that looks like a bind or a quote is still a value")
    func nothingEscapes() {
        let typed = "$1'); DROP TABLE people; --"
        let sql: SQL = "INSERT INTO t VALUES (\(typed))"
        #expect(sql.text == "INSERT INTO t VALUES ($1)")
        #expect(sql.parameters == [typed])
    }
}
