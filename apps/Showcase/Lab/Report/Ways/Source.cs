using System.Net.Sockets;
using System.Text.Json;

namespace Showcase.Lab.Report.Ways;

/// <summary>A run as one way receives it.</summary>
/// <param name="Origin">The origin of the way's line.</param>
/// <param name="Run">The id of the run.</param>
/// <param name="Poll">The time between two polls.</param>
/// <param name="Fields">The header fields of requests.</param>
/// <param name="Arrivals">The events that have arrived.</param>
internal sealed record Source(Uri Origin, string Run, TimeSpan Poll, HeaderFields Fields, Arrivals Arrivals)
{
    /// <summary>The pause before a further attempt after a failed one.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Returns the address of a WebSocket.</summary>
    public Uri SocketAddress(string path) => new UriBuilder(Origin) { Scheme = Uri.UriSchemeWs, Path = path }.Uri;

    /// <summary>Requests events after a number and takes them; returns the number of the latest one, or null when the request failed.</summary>
    public async Task<long?> RequestAsync(HttpClient client, string query, long after, CancellationToken stop)
    {
        try
        {
            using var request = Fields.Request($"/lab/{Run}/{query}");
            using var response = await client.SendAsync(request, stop);
            response.EnsureSuccessStatusCode();
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
            foreach (var written in body.RootElement.GetProperty("events").EnumerateArray()) after = Arrivals.Add(written);
            return after;
        }
        catch (Exception exception) when (IsInterruption(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// Returns whether an exception of an HTTP client means that the line was cut. A connection that is reset as soon as it is
    /// open fails with the exception of its socket.
    /// </summary>
    public static bool IsInterruption(Exception exception) => exception is HttpRequestException or IOException or SocketException;

    /// <summary>Takes an event.</summary>
    public long Take(ReadOnlyMemory<byte> json)
    {
        using var parsed = JsonDocument.Parse(json);
        return Arrivals.Add(parsed.RootElement);
    }
}
