using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Brokers;

/// <summary>What a client asks of a broker: a refusal is answered as it is, a failure is logged and answered as an internal error.</summary>
internal static class BrokerCall
{
    public static async ValueTask<Outcome<TAnswer>> RunAsync<TResult, TAnswer>(
        Hub hub, string channel, Func<ValueTask<TResult>> call, Func<TResult, TAnswer> answer)
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
            hub.Reports.BrokerFailed(exception, channel);
            return ClientErrors.Internal;
        }
    }
}
