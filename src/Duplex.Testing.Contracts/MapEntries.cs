using System.Text;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Testing.Contracts;

/// <summary>Creates and reads publications of maps.</summary>
internal static class MapEntries
{
    public static Publication Entry(string key, string data, MapPublishOptions? options = null) => new()
    {
        Data = Encoding.UTF8.GetBytes(data),
        Key = key,
        Score = options?.Score ?? 0,
        Version = options?.Version ?? 0,
        Time = long.MaxValue / 2,
    };

    public static Publication Removal(string key) => new() { Data = default, Key = key, IsRemoval = true, Time = long.MaxValue / 2 };

    public static string? Text(Publication? publication) => publication is null ? null : Encoding.UTF8.GetString(publication.Data.Span);
}
