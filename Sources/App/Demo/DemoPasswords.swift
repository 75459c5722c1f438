/// Passwords of the demonstration's cast: four words, the same at every seeding, of no use anywhere else.
enum DemoPasswords {
    private static let words = DemoCohorts.split(
        """
        amber, anchor, apple, badger, barley, basket, beacon, bramble, bridge, button, candle, canvas, cedar, chalk,
        cherry, clover, copper, cotton, cradle, dapple, ember, fallow, feather, fennel, ferry, flint, gable, garnet,
        ginger, hamper, harbour, hazel, heron, hollow, island, jasper, kettle, ladder, lantern, larch, linen, maple,
        marble, meadow, mitten, mortar, nettle, oatmeal, orchard, otter, paddle, parcel, pebble, pepper, pillow, plover,
        pocket, quarry, quilt, ribbon, robin, rowan, saddle, saffron, sandal, shingle, silver, slate, sorrel, spindle,
        starling, stile, sundial, tartan, teapot, thimble, thistle, timber, trellis, trowel, velvet, walnut, willow,
        window, wren, yarrow
        """)

    /// The password of person number `index` of the staff; at least 15 characters.
    static func password(_ index: Int) -> String {
        var dice = DemoDice(.password, index)
        var chosen: [String] = []
        while chosen.count < 4 {
            let word = dice.pick(words)
            if !chosen.contains(word) { chosen.append(word) }
        }
        return chosen.joined(separator: "-")
    }
}
