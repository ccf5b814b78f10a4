using Showcase.Sports.Matches;

namespace Showcase.Sports.Simulation;

/// <summary>
/// The final of the World Cup of 2018 as a replay: line-ups, goals, cards and substitutions, which the reports of the day
/// agree on. The seconds within a minute are not recorded, so each incident stands in the middle of its minute.
/// </summary>
internal static class RealFinal
{
    private const long Minute = 60_000;

    // The kick-off in Moscow was at 18:00 (UTC+3) on 15 July 2018.
    private static readonly long KickOff = new DateTimeOffset(2018, 7, 15, 15, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static readonly Team France = new("France",
    [
        new(1, "Lloris"), new(2, "Pavard"), new(4, "Varane"), new(5, "Umtiti"), new(21, "Hernández"), new(6, "Pogba"), new(13, "Kanté"),
        new(10, "Mbappé"), new(7, "Griezmann"), new(14, "Matuidi"), new(9, "Giroud"),
        new(3, "Kimpembe"), new(8, "Lemar"), new(11, "Dembélé"), new(12, "Tolisso"), new(15, "Nzonzi"), new(16, "Mandanda"), new(17, "Rami"),
        new(18, "Fekir"), new(19, "Sidibé"), new(20, "Thauvin"), new(22, "Mendy"), new(23, "Areola"),
    ]);

    private static readonly Team Croatia = new("Croatia",
    [
        new(23, "Subašić"), new(2, "Vrsaljko"), new(6, "Lovren"), new(21, "Vida"), new(3, "Strinić"), new(7, "Rakitić"), new(11, "Brozović"),
        new(18, "Rebić"), new(10, "Modrić"), new(4, "Perišić"), new(17, "Mandžukić"),
        new(1, "Livaković"), new(5, "Ćorluka"), new(8, "Kovačić"), new(9, "Kramarić"), new(12, "L. Kalinić"), new(13, "Jedvaj"), new(14, "Bradarić"),
        new(15, "Ćaleta-Car"), new(19, "Badelj"), new(20, "Pjaca"), new(22, "Pivarić"),
    ]);

    /// <summary>The id of the match.</summary>
    public const string Id = "final-2018";

    /// <summary>Returns the match with its whole log.</summary>
    public static Match Create()
    {
        var match = new Match(Id, new(
            MatchKind.Replay, "World Cup 2018, final", IsCup: true, KickOff, Rate: 1, France, Croatia,
            "Replay of a real match in Moscow on 15 July 2018. Line-ups, goals, cards and substitutions are facts from public reports; statistics are not recorded."));
        Begin(Phase.FirstHalf, 0);
        Add(18, new(IncidentType.OwnGoal, 1, 17));
        Add(27, new(IncidentType.Yellow, 0, 13));
        Add(28, new(IncidentType.Goal, 1, 4, 21));
        Add(38, new(IncidentType.Penalty, 0, 7));
        Add(41, new(IncidentType.Yellow, 0, 21));
        Begin(Phase.HalfTime, 48);
        var second = 63L;
        Begin(Phase.SecondHalf, second);
        second -= 45;
        Add(second + 55, new(IncidentType.Substitution, 0, 13, 15));
        Add(second + 59, new(IncidentType.Goal, 0, 6));
        Add(second + 65, new(IncidentType.Goal, 0, 10, 21));
        Add(second + 69, new(IncidentType.Goal, 1, 17));
        Add(second + 71, new(IncidentType.Substitution, 1, 18, 9));
        Add(second + 73, new(IncidentType.Substitution, 0, 14, 12));
        Add(second + 81, new(IncidentType.Substitution, 0, 9, 18));
        Add(second + 81, new(IncidentType.Substitution, 1, 3, 20));
        Add(second + 90, new(IncidentType.Stoppage, Added: 5));
        Add(second + 92, new(IncidentType.Yellow, 1, 2));
        Begin(Phase.FullTime, second + 95);
        return match;

        void Begin(Phase phase, long minute) => match.Add(new(IncidentType.Phase, Phase: phase), KickOff + (minute * Minute));

        void Add(long minute, IncidentDraft draft) => match.Add(draft, KickOff + (minute * Minute) - (Minute / 2));
    }
}
