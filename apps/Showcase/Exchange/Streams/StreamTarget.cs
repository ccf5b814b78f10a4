using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Streams;

/// <summary>The streams and the form of the messages that the address of a connection names.</summary>
/// <param name="Names">The names of the streams, not validated.</param>
/// <param name="IsCombined">Whether the payloads are wrapped with the name of the stream.</param>
/// <param name="IsMicroseconds">Whether times are in microseconds.</param>
internal sealed record StreamTarget(IReadOnlyList<string> Names, bool IsCombined, bool IsMicroseconds)
{
    /// <summary>Parses the path and the query of a request.</summary>
    /// <param name="path">The path: <c>/ws</c> with the names of streams below it, or <c>/stream</c>.</param>
    /// <param name="query">The query as it was sent. A plus sign is part of a name and no space.</param>
    public static StreamTarget Of(string path, string query)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isCombined = parts is ["stream", ..];
        var isMicroseconds = "MICROSECOND".Equals(RawQuery.ValueOf(query, "timeUnit"), StringComparison.OrdinalIgnoreCase);
        return new StreamTarget(isCombined ? RawQuery.ValueOf(query, "streams").Split('/') : parts[1..], isCombined, isMicroseconds);
    }
}
