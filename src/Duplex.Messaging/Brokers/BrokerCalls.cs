using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Brokers;

/// <summary>Calls a broker or store and logs failures, which must not reach the caller.</summary>
internal sealed class BrokerCalls(HubReports reports)
{
    /// <summary>Awaits a call for a client. A <see cref="ClientException"/> is returned as its error; any other exception is logged and returned as an internal error.</summary>
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

    /// <summary>Runs a call without awaiting it; a failure is only logged.</summary>
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
