import Foundation

/// Groups that were put together with little to say for it, by a record of each.
struct DoubtfulMerge: Sendable {
    /// How much the members' mean weight may be above the cut, or a pair's beside it: eight to one.
    static let band: Float = 3

    let one: UInt32
    let other: UInt32
    let mean: Float
}

/// Pairs for a person to decide.
extension Linkage {
    /// record_id_l,record_id_r,weight,chance,now,compared,decision,by,why of at most so many pairs, the most doubtful
    /// first; the last three are for whoever decides, and `LinkDecision.read` takes the file back. It holds no
    /// values, only how they compare. What is decided already isn't asked again.
    ///
    /// Two kinds are doubtful: groups put together with a mean weight of at most 3 above the cut, asked by one record
    /// of each; and two groups that aren't, where a pair has at least 3 below the cut, asked by the pair that says
    /// most for it.
    public func reviewFile(most: Int) -> Data {
        let out = ByteLines("record_id_l,record_id_r,weight,chance,now,compared,decision,by,why")
        let comparer = Comparer(records), weigher = Weigher(model)
        for asked in doubtfulPairs().prefix(most) {
            let pattern = comparer.compare(asked.one, asked.other)
            out.add(ByteLines.quoted(LinkDecision.guarded(records.table.name(asked.one))))
            out.add(44)
            out.add(ByteLines.quoted(LinkDecision.guarded(records.table.name(asked.other))))
            let chance = 1 / (1 + exp2(-Double(asked.weight)))
            let now = clusters[asked.one] == clusters[asked.other] ? "together" : "apart"
            out.add(String(format: ",%.1f,%.0f%%,", asked.weight, chance * 100) + now + ",")
            out.add(ByteLines.quoted(compared(pattern, weigher)) + ",,,")
            out.add(10)
        }
        return out.data
    }

    struct Doubtful: Equatable {
        let one: Int
        let other: Int
        let weight: Float
    }

    func doubtfulPairs() -> [Doubtful] {
        let table = records.table, band = DoubtfulMerge.band
        func pair(_ one: Int, _ other: Int, _ weight: Float) -> Doubtful {
            table.isBefore(one, other) ? Doubtful(one: one, other: other, weight: weight)
                : Doubtful(one: other, other: one, weight: weight)
        }
        func isBefore(_ one: Doubtful, _ other: Doubtful) -> Bool {
            if one.one != other.one { return table.isBefore(one.one, other.one) }
            return table.isBefore(one.other, other.other)
        }
        var apart: [UInt64: Doubtful] = [:]
        for candidate in candidates.pairs {
            let weight = weights[Int(candidate.pattern)], (one, other) = (Int(candidate.one), Int(candidate.other))
            if weight < cut - band || clusters[one] == clusters[other] { continue }
            let (a, b) = (clusters[one], clusters[other])
            let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b)), asked = pair(one, other, weight)
            if let best = apart[key] {
                if best.weight > weight || (best.weight == weight && isBefore(best, asked)) { continue }
            }
            apart[key] = asked
        }
        let together = doubtful.map { pair(Int($0.one), Int($0.other), $0.mean) }
        return (together + apart.values).filter { !decisions.isSettled($0.one, $0.other) }.sorted { one, other in
            // Beyond the band it is the group that doubts what the pair says.
            let (near, far) = (min(abs(one.weight - cut), band), min(abs(other.weight - cut), band))
            return near != far ? near < far : isBefore(one, other)
        }
    }

    /// How two records compare, field by field, without their values.
    private func compared(_ pattern: UInt64, _ weigher: Weigher) -> String {
        let parts = weigher.parts(pattern)
        return records.fields.indices.compactMap { field -> String? in
            let level = Int(pattern >> UInt64(field * 5) & 31)
            if level == Level.missing { return nil }
            let name = Level.name(records.fields[field].type, level)
            return "\(records.fields[field].column) \(name) " + String(format: "%+.1f", parts[field + 1])
        }.joined(separator: "; ")
    }
}
