using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Exchange.Wire;

/// <summary>The JSON serialization of the exchange's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlaceOrderParams))]
[JsonSerializable(typeof(CancelOrderParams))]
[JsonSerializable(typeof(SymbolParams))]
[JsonSerializable(typeof(ListParams))]
[JsonSerializable(typeof(KlinesParams))]
[JsonSerializable(typeof(InfoResult))]
[JsonSerializable(typeof(KlinesResult))]
[JsonSerializable(typeof(TickersResult))]
[JsonSerializable(typeof(PlacedResult))]
[JsonSerializable(typeof(CanceledResult))]
[JsonSerializable(typeof(OrdersResult))]
[JsonSerializable(typeof(FillsResult))]
[JsonSerializable(typeof(BalancesResult))]
[JsonSerializable(typeof(TradesMessage))]
[JsonSerializable(typeof(CandleMessage))]
[JsonSerializable(typeof(TickerMessage))]
[JsonSerializable(typeof(BookSnapshotMessage))]
[JsonSerializable(typeof(BookDiffMessage))]
[JsonSerializable(typeof(DepthMessage))]
[JsonSerializable(typeof(OrderEvent))]
[JsonSerializable(typeof(FillEvent))]
[JsonSerializable(typeof(BalancesEvent))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
