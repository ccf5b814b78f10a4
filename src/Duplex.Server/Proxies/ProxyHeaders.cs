using Duplex.Messaging.Clients;

namespace Duplex.Server.Proxies;

/// <summary>Writes the header fields of a request to the backend: the client's emulated fields, those of its HTTP request, and configured ones; each source overrides the earlier ones.</summary>
internal static class ProxyHeaders
{
    public static void WriteHeaders(this ProxySettings settings, HttpRequestMessage request, ClientContext? client)
    {
        if (client is not null)
        {
            foreach (var name in settings.EmulatedHeaders) Set(request, name, client.EmulatedHeaders);

            // A reverse proxy may have set fields of the request, which a client must not override.
            foreach (var name in settings.HttpHeaders) Set(request, name, client.RequestHeaders);
        }

        foreach (var (name, value) in settings.StaticHeaders)
        {
            var headers = name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? request.Content!.Headers : (System.Net.Http.Headers.HttpHeaders)request.Headers;
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Set(HttpRequestMessage request, string name, IReadOnlyDictionary<string, string> headers)
    {
        var value = headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (string.IsNullOrEmpty(value) || !IsPassable(value)) return;
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    // Both kinds are validated on arrival. HttpClient writes values without validation, so control characters, which could inject header fields, are rejected here again.
    private static bool IsPassable(string value) => !value.AsSpan().ContainsAnyInRange('\0', '\b') && !value.AsSpan().ContainsAnyInRange('\n', '\x1f') && !value.Contains('\x7f');
}
