using Duplex.Configuration;

namespace Showcase.Pad;

/// <summary>The limits of the documents.</summary>
public sealed class PadOptions
{
    /// <summary>The maximum number of documents; a further one replaces the one whose last change is the oldest. Default 200.</summary>
    [NumberRange(2, 100_000, "documents")]
    public int MaxDocuments { get; set; } = 200;

    /// <summary>The maximum length of a document in UTF-16 units. Default 131,072, which is 256 KiB.</summary>
    [NumberRange(1000, 131_072, "units")]
    public int MaxLength { get; set; } = 131_072;

    /// <summary>The number of versions retained per document, to which its log is cut now and then. Default 10,000.</summary>
    [NumberRange(500, 100_000, "versions")]
    public int RetainedVersions { get; set; } = 10_000;

    /// <summary>The time after which a changed welcome document is restored. Default one hour.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan WelcomeInterval { get; set; } = TimeSpan.FromHours(1);
}
