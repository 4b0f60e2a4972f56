using CentralOps.Bench.Calls;
using CentralOps.Bench.ColdStart;
using CentralOps.Bench.Fleet;
using CentralOps.Bench.Search;
using CentralOps.Bench.Wire;

return args switch
{
    ["cold-start", var binary, var python, var reference, ..] => await ColdStartBench.RunAsync(binary, python, reference, args.Length > 4 ? int.Parse(args[4], provider: null) : 20),
    ["serve-echo", var port, var auth, var headers, ..] => await EchoGateway.ServeAsync(int.Parse(port, provider: null), auth, headers, args.Length > 4 ? int.Parse(args[4], provider: null) : 1),
    ["serve-mcp-gateway", var port, var server] => await McpGateway.ServeAsync(int.Parse(port, provider: null), new Uri(server)),
    ["serve-mcp", var port] => await McpEcho.ServeAsync(int.Parse(port, provider: null)),
    ["serve-bare", var port] => await BareServer.ServeAsync(int.Parse(port, provider: null)),
    ["transcoding", var pairs] => TranscodingBench.Run(int.Parse(pairs, provider: null)),
    ["transcoding-body", var path] => TranscodingBench.WriteBody(path),
    ["transcoding-memory", var path, var what] => TranscodingBench.Memory(path, projected: what is "projected"),
    ["signing", var pairs] => SigningBench.Run(int.Parse(pairs, provider: null)),
    ["models", var pairs, var directory] => ModelsBench.Run(int.Parse(pairs, provider: null), directory),
    ["search", var corpus, var pairs] => SearchBench.Run(corpus, [1_000, 15_000], int.Parse(pairs, provider: null)),
    ["fleet-sandbox", var accounts, var latency, var file] => await FleetSandbox.ServeAsync(int.Parse(accounts, provider: null), int.Parse(latency, provider: null), file),
    ["fleet", var file, var region, var concurrency, var latency, var runs] =>
        await FleetBench.RunAsync(file, region, int.Parse(concurrency, provider: null), int.Parse(latency, provider: null), int.Parse(runs, provider: null)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("CentralOps.Bench cold-start FUNCTION PYTHON REFERENCE [RUNS] | serve-echo PORT none|iam|jwt HEADERS [TOOLS] | serve-mcp PORT | serve-mcp-gateway PORT SERVER | serve-bare PORT | transcoding PAIRS | transcoding-body FILE | transcoding-memory FILE all|projected | signing PAIRS | models PAIRS DIRECTORY | search FILE PAIRS | fleet-sandbox ACCOUNTS LATENCY FILE | fleet FILE all|REGION CONCURRENCY LATENCY RUNS (bench/run calls these)");
    return 2;
}
