using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;

namespace Showcase.Exchange;

/// <summary>Observes a market. The writer calls it between commands, so the book is never in the middle of a match.</summary>
public interface IMarketObserver
{
    /// <summary>Called after each command that changed the book, in order.</summary>
    void OnExecuted(Execution execution);

    /// <summary>Called once for each closed candle, before the trade that closed it is reported.</summary>
    void OnClosed(CandleSeries series, in Candle candle);
}
