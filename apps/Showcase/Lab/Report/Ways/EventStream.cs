using System.Net.ServerSentEvents;
using System.Text;

namespace Showcase.Lab.Report.Ways;

/// <summary>Server-sent events. A further request has the id of the last event.</summary>
internal static class EventStream
{
    public static async Task ReceiveAsync(Source source, CancellationToken stop)
    {
        using var client = source.Fields.ClientFor(source.Origin);
        var last = "";
        while (true)
        {
            try
            {
                using var request = source.Fields.Request($"/lab/{source.Run}/stream?after=0", isStream: true);
                if (last.Length > 0) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                response.EnsureSuccessStatusCode();
                await using var stream = await response.Content.ReadAsStreamAsync(stop);
                await foreach (var received in SseParser.Create(stream).EnumerateAsync(stop))
                {
                    source.Take(Encoding.UTF8.GetBytes(received.Data));
                    last = received.EventId ?? last;
                }
            }
            catch (Exception exception) when (Source.IsInterruption(exception))
            {
                // The line was cut: the next stream begins after the last event.
            }

            await Task.Delay(Source.RetryDelay, stop);
        }
    }
}
