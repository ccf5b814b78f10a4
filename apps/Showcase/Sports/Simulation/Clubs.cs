using Showcase.Sports.Matches;

namespace Showcase.Sports.Simulation;

/// <summary>The clubs of the simulation and their players, all of them invented.</summary>
internal static class Clubs
{
    private const int SquadSize = 18;

    /// <summary>The names of the clubs.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Saltcross", "Brackwater", "Elmhaven", "Northmoor", "Velden", "Kaldstadt Nord", "Ostermark", "Vila Serena", "Pontalto", "Monteluz",
        "Dravna", "Kiruvaara", "Stenvik", "Hollowfield", "Redgate Town", "Tarn Rovers", "Quayside", "Ashdown Vale", "Lindholm", "Corvino",
        "Marisol", "Belmontaro", "Fjordheim", "Granwick",
    ];

    private static readonly string[] First =
    [
        "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "I.", "J.", "K.", "L.", "M.", "N.", "O.", "P.", "R.", "S.", "T.", "V.",
    ];

    private static readonly string[] Last =
    [
        "Abelin", "Arkwell", "Barros", "Bellamar", "Brandvik", "Caldero", "Corvane", "Dalgaard", "Denholt", "Duvane", "Eskola", "Farrow",
        "Ferrand", "Galdos", "Grevin", "Halvor", "Harkin", "Ibarro", "Jansz", "Jorvin", "Kallas", "Kestrel", "Kovan", "Lammers", "Lindqvist",
        "Lorca", "Maddern", "Marlo", "Mirov", "Nadeau", "Norling", "Oakes", "Okoro", "Orsini", "Pavane", "Pellin", "Quist", "Radev", "Rennick",
        "Rosario", "Sabell", "Santeri", "Sorrel", "Tavares", "Thorne", "Udoka", "Valdes", "Varga", "Wexley", "Ylinen", "Zander", "Zoric",
    ];

    /// <summary>Returns a club with its squad, which is always the same.</summary>
    public static Team Of(string name)
    {
        var random = new Random(name.Sum(static letter => letter * 31));
        var players = random.GetItems(First, SquadSize).Zip(Shuffled(random));
        return new(name, [.. players.Select(static (player, index) => new Player(index + 1, $"{player.First} {player.Second}"))]);
    }

    private static IEnumerable<string> Shuffled(Random random)
    {
        var names = Last.ToArray();
        random.Shuffle(names);
        return names.Take(SquadSize);
    }
}
