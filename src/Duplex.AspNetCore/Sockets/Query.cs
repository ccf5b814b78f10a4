using Microsoft.AspNetCore.WebUtilities;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Reads what a client of a WebSocket says in its query.</summary>
internal static class Query
{
    /// <summary>The first value of a name; null when it is not there.</summary>
    public static string? Find(string query, string name)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name)) return pair.DecodeValue().ToString();
        }

        return null;
    }
}
