using Duplex.Messaging.Clients;

namespace Duplex.Server.Proxies;

/// <summary>Writes the header fields of a question: what clients say, what their requests had, and what the configuration sets, the later in place of the earlier.</summary>
internal static class ProxyHeaders
{
    public static void WriteHeaders(this ProxySettings settings, HttpRequestMessage request, ClientContext? client)
    {
        if (client is not null)
        {
            foreach (var name in settings.EmulatedHeaders) Set(request, name, client.EmulatedHeaders);

            // Fields of the request may be those of a proxy in front, which no client may overrule.
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

    // Both kinds are checked where they enter. HttpClient writes whatever it is given, so that nothing that could end the line gets here unseen.
    private static bool IsPassable(string value) => !value.AsSpan().ContainsAnyInRange('\0', '\b') && !value.AsSpan().ContainsAnyInRange('\n', '\x1f') && !value.Contains('\x7f');
}
