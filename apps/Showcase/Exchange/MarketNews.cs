using Duplex.Messaging.Errors;
using Showcase.Applications;

namespace Showcase.Exchange;

/// <summary>Announces large moves of prices while somebody follows the news wire.</summary>
internal sealed class MarketNews(ExchangeLoop exchange, Announcements announcements, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly LargeMoves _moves = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!announcements.IsFollowed) continue;
            try
            {
                if (await exchange.RunAsync(_moves.Next) is { } announcement) announcements.Make(announcement);
            }
            catch (ClientException)
            {
                // The exchange is busy; the next minute has the same move.
            }
        }
    }
}
