import Foundation
import HTTPTypes
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What the benchmark measures")
struct BenchSiteTests {
    @Test func `every page is measured as somebody who may see it, with a record of each kind in its path`() {
        let viewer = Viewer(account: UUID(), partnership: UUID(), name: "", posts: [])
        for route in BenchSite.routes {
            #expect(BenchSite.asker(for: route) != nil, "nobody may see /\(route.path)")
            for place in BenchSite.records(in: route.path) {
                #expect(BenchSite.sample(of: place, for: viewer) != nil, "no sample record for \(place)")
            }
        }
    }

    @Test func `whatever is left out or asked for with a query is a page of the site`() {
        let pages = Set(Site.whole().routes.filter { $0.method == .get }.map(\.path))
        #expect(pages.isSuperset(of: BenchSite.unmeasured.keys))
        #expect(pages.isSuperset(of: BenchSite.variants.map(\.0)))
    }

    @Test func `a path gets the record of each of its places, and is none without one of them`() {
        let path = "people/:id/risk/:risk"
        #expect(BenchSite.records(in: path) == ["people/:id", "people/:id/risk/:risk"])
        #expect(BenchSite.address(of: path, ["people/:id": "a", "people/:id/risk/:risk": "b"]) == "/people/a/risk/b")
        #expect(BenchSite.address(of: path, ["people/:id": "a"]) == nil)
        #expect(BenchSite.address(of: "", [:]) == "/")
    }
}
