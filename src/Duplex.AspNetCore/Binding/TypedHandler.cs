using Duplex.Messaging;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Binding;

/// <summary>A function whose payload and result are known when the application is compiled.</summary>
internal sealed class TypedHandler<TMessage, TResult>(
    Func<TMessage, HandlerContext, ValueTask<TResult>> handler, HandlerKind kind, bool isOptional, PayloadSerializer payloads)
{
    public ValueTask<object?> InvokeAsync(HandlerContext context)
    {
        var call = handler((TMessage)PayloadReader.Read(payloads, context.Data, typeof(TMessage), isOptional)!, context);
        return call.IsCompletedSuccessfully ? new(ReturnedValue.Read(call.Result, kind, payloads)) : WaitAsync(call);
    }

    private async ValueTask<object?> WaitAsync(ValueTask<TResult> call) =>
        ReturnedValue.Read(await call.ConfigureAwait(false), kind, payloads);
}
