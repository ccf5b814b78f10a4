namespace Showcase.News.Feeds;

/// <summary>A source that is part of the showcase.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="About">What the source is, as a sentence.</param>
internal sealed record OwnSource(string Id, string Name, string About)
{
    private const string Folder = "news/";

    /// <summary>The stories of visitors.</summary>
    public static OwnSource Desk { get; } = new("desk", "Visitors’ desk", "Stories written by visitors of this server.");

    /// <summary>What happens in the other applications of the showcase.</summary>
    public static OwnSource Events { get; } = new("events", "Showcase events", "Results of the simulated matches and other events of this showcase.");

    /// <summary>The stories that the showcase brings along.</summary>
    public static OwnSource Archive { get; } = new("archive", "Duplex archive", "Stories about the web’s protocols, written for this showcase.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OwnSource> All { get; } = [Desk, Events, Archive];

    /// <summary>The address to which links of the feeds that the showcase brings along are relative.</summary>
    public static Uri Address { get; } = new("http://localhost/");

    /// <summary>The feeds that the showcase brings along.</summary>
    public static IEnumerable<(OwnSource Source, byte[] Feed)> Feeds =>
        from name in typeof(OwnSource).Assembly.GetManifestResourceNames()
        where name.StartsWith(Folder, StringComparison.Ordinal)
        select (Archive, ReadResource(name));

    private static byte[] ReadResource(string name)
    {
        using var stream = typeof(OwnSource).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
