namespace Showcase.Lab.Report.Ways;

/// <summary>Polling, on a connection that is kept alive or with a connection for each request.</summary>
internal static class Polling
{
    public static async Task ReceiveAsync(Source source, bool isClosed, CancellationToken stop)
    {
        using var client = source.Fields.ClientFor(source.Origin);
        using var timer = new PeriodicTimer(source.Poll);
        var option = isClosed ? "&close=true" : "";
        var after = 0L;

        // After a failure the next request returns the same events.
        do after = await source.RequestAsync(client, $"events?after={after}{option}", after, stop) ?? after;
        while (await timer.WaitForNextTickAsync(stop));
    }
}
