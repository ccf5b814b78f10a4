using System.Text;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>A source that is part of the showcase.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="About">What the source is, as a sentence.</param>
internal sealed record OwnSource(string Id, string Name, string About)
{
    private const string Folder = "news/";
    private static readonly Uri Address = new("http://localhost/");

    /// <summary>The stories of visitors.</summary>
    public static OwnSource Desk { get; } = new("desk", "Visitors’ desk", "Stories written by visitors of this server.");

    /// <summary>What happens in the other applications of the showcase.</summary>
    public static OwnSource Events { get; } = new("events", "Showcase events", "Results of the simulated matches, large moves at the exchange and new best solutions of the judge’s problems.");

    /// <summary>The stories that the showcase brings along.</summary>
    public static OwnSource Archive { get; } = new("archive", "Duplex archive", "Stories about the web’s protocols, written for this showcase.");

    /// <summary>The changes of Duplex.</summary>
    public static OwnSource Changes { get; } = new("changes", "Duplex changes", "The change log of the version of Duplex that runs this showcase.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OwnSource> All { get; } = [Desk, Events, Archive, Changes];

    /// <summary>Returns the stories that the showcase brings along, with their sources.</summary>
    public static IEnumerable<(OwnSource Source, Item Item)> Read(DateTimeOffset now)
    {
        var archive = from name in typeof(OwnSource).Assembly.GetManifestResourceNames()
                      where name.StartsWith(Folder, StringComparison.Ordinal)
                      from item in FeedReader.Read(ReadResource(name), Address, now).Items
                      select (Archive, item with { Link = null });
        return archive.Concat(ChangeLog.Read(Encoding.UTF8.GetString(ReadResource("changelog.md"))).Select(static item => (Changes, item)));
    }

    private static byte[] ReadResource(string name)
    {
        using var stream = typeof(OwnSource).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
