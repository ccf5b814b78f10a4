namespace Showcase.Lab.Report.Ways;

/// <summary>Requests that the server answers when there is an event.</summary>
internal static class LongPolling
{
    public static async Task ReceiveAsync(Source source, CancellationToken stop)
    {
        using var client = source.Fields.ClientFor(source.Origin);
        var after = 0L;
        while (true)
        {
            if (await source.RequestAsync(client, $"wait?after={after}", after, stop) is { } last) after = last;
            else await Task.Delay(Source.RetryDelay, stop);
        }
    }
}
