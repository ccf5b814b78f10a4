using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Brokers;

/// <summary>Calls to a broker or store whose failure must not reach the caller: it is logged.</summary>
internal sealed class BrokerCalls(HubReports reports)
{
    /// <summary>Awaits a call for a client. A refusal is returned as it is, a failure as an internal error.</summary>
    public async ValueTask<Outcome<TAnswer>> RunAsync<TResult, TAnswer>(
        string channel, Func<ValueTask<TResult>> call, Func<TResult, TAnswer> answer)
        where TAnswer : class
    {
        try
        {
            return Outcome<TAnswer>.FromValue(answer(await call().ConfigureAwait(false)));
        }
        catch (ClientException exception)
        {
            return exception.Error;
        }
        catch (Exception exception)
        {
            reports.BrokerFailed(exception, channel);
            return ClientErrors.Internal;
        }
    }

    /// <summary>Awaits a call whose failure changes nothing but the log.</summary>
    public async void Forget(ValueTask work, string channel)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            reports.BrokerFailed(exception, channel);
        }
    }
}
