namespace Duplex.Configuration.Tests;

/// <summary>Options of every kind.</summary>
internal sealed class Sample
{
    [NumberRange(1, 100, "bytes")]
    public int Size { get; set; } = 10;

    [NumberRange(2, 5, Null = "no bound")]
    public int? Bound { get; set; }

    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    [NumberRange(0, 9)]
    public int Checked { get; init => field = value <= 9 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    public DayOfWeek Day { get; set; }

    public string Name { get; set; } = "name";

    public string? Note { get; set; } = "note";

    public Uri? Address { get; set; }

    public DateTimeOffset? Until { get; set; }

    public bool IsOn { get; set; }

    public IList<string> List { get; } = ["default"];

    public IReadOnlyList<string> Other { get; set; } = [];

    public Func<int> Code { get; set; } = static () => 0;
}
