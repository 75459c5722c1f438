import Postgres
import Testing

@Suite("Listening", .needsDatabase)
struct ListenTests {
    private func notify(_ channel: String, _ payload: String, _ database: Database) async throws {
        try await database.transaction { _ = try $0.run("SELECT pg_notify(\(channel), \(payload))") }
    }

    @Test("it says when it begins, then passes on what committed transactions notified, in order")
    func delivery() async throws {
        let channel = TestDatabase.name("Channel \"odd\"")
        try await TestDatabase.withPool { database async throws in
            var notifications = database.listen(channel).makeAsyncIterator()
            let start = try await notifications.next()
            #expect(start?.channel == channel && start?.payload == "" && start?.isStart == true)
            try await notify(channel, "one", database)
            let rolledBack = await postgresError {
                try await database.transaction { connection in
                    try connection.run("SELECT pg_notify(\(channel), 'never')")
                    _ = try connection.run("SELECT 1 / \(0)")
                }
            }
            #expect(rolledBack != nil)
            try await notify(channel, "two", database)
            #expect(try await notifications.next()?.payload == "one")
            #expect(try await notifications.next()?.payload == "two")
        }
    }

    @Test("a lost connection is opened anew, and says so")
    func reconnect() async throws {
        let channel = TestDatabase.name("again")
        try await TestDatabase.withPool { database async throws in
            var notifications = database.listen(channel).makeAsyncIterator()
            #expect(try await notifications.next()?.isStart == true)
            let like = "LISTEN%\(channel)%"
            let pid = try await database.transaction { connection in
                try connection.first(
                    "SELECT pid FROM pg_stat_activity WHERE query LIKE \(like) AND pid <> pg_backend_pid()"
                ) { try $0["pid"] as Int }
            }
            try await TestDatabase.terminate(try #require(pid), on: database)
            #expect(try await notifications.next()?.isStart == true)
            try await notify(channel, "back", database)
            #expect(try await notifications.next()?.payload == "back")
        }
    }

    @Test("it ends when its task is cancelled, and its connection with it")
    func cancellation() async throws {
        let channel = TestDatabase.name("ending")
        try await TestDatabase.withPool { database async throws in
            let (started, start) = AsyncStream<Void>.makeStream()
            let listening = Task {
                for try await _ in database.listen(channel) { start.yield() }
            }
            for await _ in started { break }
            listening.cancel()
            try await listening.value
            let like = "LISTEN%\(channel)%"
            try await TestDatabase.eventually("the server has no such listener") {
                try await database.transaction {
                    try $0.run("SELECT FROM pg_stat_activity WHERE query LIKE \(like) AND pid <> pg_backend_pid()") == 0
                }
            }
        }
    }

    @Test("closing the database ends it")
    func closing() async throws {
        let database = Database(TestDatabase.conninfo)
        var notifications = database.listen(TestDatabase.name("closing")).makeAsyncIterator()
        #expect(try await notifications.next()?.isStart == true)
        await database.close()
        #expect(try await notifications.next() == nil)
    }
}
