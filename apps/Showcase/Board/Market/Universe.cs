namespace Showcase.Board.Market;

/// <summary>The instruments of the board: ten sectors of 40, all invented.</summary>
internal static class Universe
{
    /// <summary>The number of instruments of a sector.</summary>
    public const int SectorSize = 40;

    private const int Busy = 3, Normal = 13;
    private const int BusyInterval = 50, NormalInterval = 800, CalmInterval = 1000;

    private static readonly (string Name, string[] Suffixes)[] Kinds =
    [
        ("energy", ["Energy", "Power", "Solar", "Grid"]), ("banks", ["Bank", "Capital", "Trust", "Finance"]),
        ("chips", ["Chips", "Circuits", "Silicon", "Optics"]), ("software", ["Software", "Systems", "Data", "Cloud"]),
        ("health", ["Health", "Pharma", "Biotech", "Clinics"]), ("food", ["Foods", "Farms", "Mills", "Bakeries"]),
        ("metals", ["Metals", "Mining", "Steel", "Copper"]), ("travel", ["Travel", "Air", "Rail", "Hotels"]),
        ("games", ["Games", "Studios", "Arcade", "Toys"]), ("property", ["Property", "Homes", "Estates", "Towers"]),
    ];

    // The first three letters of each are unique, and so are the first letters of the sectors: together they are the symbol.
    private static readonly string[] Stems =
    [
        "Arvo", "Aster", "Belmo", "Briar", "Caldo", "Corvo", "Delphin", "Dorin", "Elvar", "Ember",
        "Fenna", "Fjorda", "Galten", "Grova", "Hesper", "Hilder", "Ilmar", "Isen", "Jorvi", "Junora",
        "Kesta", "Kolda", "Lumen", "Lyrane", "Mistra", "Morva", "Nerin", "Novara", "Orlo", "Pellan",
        "Quorra", "Rhodan", "Sabel", "Tarno", "Ulmo", "Vestan", "Wendel", "Xanto", "Yarrow", "Zephyra",
    ];

    private static readonly Dictionary<string, Instrument> BySymbol;

    static Universe()
    {
        All = [.. Kinds.SelectMany(static (kind, sector) => Stems.Select((stem, index) => Of(kind.Name, kind.Suffixes, stem, sector, index)))];
        BySymbol = All.ToDictionary(static instrument => instrument.Symbol);
    }

    /// <summary>All instruments.</summary>
    public static IReadOnlyList<Instrument> All { get; }

    /// <summary>The names of the sectors.</summary>
    public static IReadOnlyList<string> Sectors { get; } = [.. Kinds.Select(static kind => kind.Name)];

    /// <summary>Returns the instrument of a symbol, or null when there is none.</summary>
    public static Instrument? Find(string? symbol) => symbol is null ? null : BySymbol.GetValueOrDefault(symbol);

    private static Instrument Of(string sector, string[] suffixes, string stem, int sectorNumber, int index)
    {
        var number = (sectorNumber * SectorSize) + index;
        var anchor = Math.Round(4 * Math.Exp(5 * Noise.Fraction(0, number)), 2);

        // Each sector has busy instruments, but not the same ones.
        var rank = (index + (7 * sectorNumber)) % SectorSize;
        return new(
            number,
            $"{stem[..3].ToUpperInvariant()}{char.ToUpperInvariant(suffixes[0][0])}",
            $"{stem} {suffixes[(index + sectorNumber) % suffixes.Length]}",
            sector,
            anchor,
            anchor < 10 ? 4 : anchor < 100 ? 3 : 2,
            rank < Busy ? BusyInterval : rank < Busy + Normal ? NormalInterval : CalmInterval);
    }
}
