import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("A predicate that tells what it is shown", .needsClone)
struct LeakTests {
    @Test func `is shown visible rows only, though it says that it costs nothing`() async throws {
        try await Widened.use { world in
            try await world.clone.run("""
                CREATE TABLE public.leaked (key text);
                GRANT INSERT, SELECT, DELETE ON public.leaked TO drystone_app;
                CREATE FUNCTION public.f_leak(key text) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 0.0000001 AS $$
                BEGIN
                    INSERT INTO public.leaked VALUES (key);
                    RETURN true;
                END $$;
                """)
            let leaks = try await world.clone.undone { db in
                let facts = try db.facts(world.catalogue)
                var leaks: [String] = []
                for staff in [World.Staff.imran, .petra, .bilal, .lucia, .adaeze, .dilys] {
                    let oracle = Oracle(facts, Visitor(token: staff.token(), session: staff.session()))
                    for table in world.catalogue.tables {
                        try db.signIn(staff)
                        try db.run("DELETE FROM public.leaked")
                        try db.run("SELECT count(*) FROM \(table.sql) AS t WHERE public.f_leak(\(table.keySQL))")
                        let shown: [String] = try db.all("SELECT key FROM public.leaked") { try $0["key"] }
                        let visible = try facts.of(table.name).filter { try oracle.allows(.see, table.name, $0) }
                        if Set(shown) != Set(visible.map(\.key)) { leaks.append("\(staff.name) \(table.name)") }
                    }
                }
                return leaks
            }
            #expect(leaks == [])
        }
    }
}
