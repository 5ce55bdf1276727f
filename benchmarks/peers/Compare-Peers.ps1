#requires -Version 7.6
<#
.SYNOPSIS
    Measures CnnVis beside plain PyTorch and scikit-learn, and writes the table of docs/performance.md.
.DESCRIPTION
    The same pictures (the examples' at 224 × 224, and their mirrors), weights (resnet224, by Export-CnnModel), threads and settings on both sides; numbers are compared first. A cmdlet's time is that of the whole
    call in a session where it has run once: reading pictures, computing, objects out. Takes a Python with PyTorch, onnx, Pillow and scikit-learn: on Debian apt install python3-torch python3-onnx python3-pil python3-sklearn.
.PARAMETER Python
    The Python.
.PARAMETER Threads
    Threads on both sides.
.EXAMPLE
    pwsh benchmarks/peers/Compare-Peers.ps1
#>
[CmdletBinding()]
param([string] $Python = '/usr/bin/python3', [int] $Threads = [Environment]::ProcessorCount)
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
# Read by both libraries when they are loaded.
$env:OMP_NUM_THREADS = $Threads
Import-Module "$root/CnnVis.psd1"
$folder = [IO.Directory]::CreateTempSubdirectory('cnnvis-peers-').FullName
try {
    & $Python "$PSScriptRoot/peers.py" pictures $folder (Get-ChildItem "$root/examples/photos" -File | Where-Object Extension -In '.png', '.jpg' | Select-Object -First 4).FullName
    if ($LASTEXITCODE -ne 0) { throw 'Python could not make the pictures.' }
    $model = Get-CnnModel resnet224
    $model | Export-CnnModel -Path "$folder/network.onnx"
    $pictures = 0..7 | ForEach-Object { "$folder/$_.png" }
    $epsilon = 8 / 255
    $ours = [ordered]@{}

    function Measure-Task([string] $name, [int] $rounds, [scriptblock] $task) {
        $null = & $task
        $seconds = 1..$rounds | ForEach-Object { $clock = [Diagnostics.Stopwatch]::StartNew(); $script:result = & $task; $clock.Elapsed.TotalSeconds } | Sort-Object
        $ours[$name] = @{ seconds = $seconds[[Math]::Floor($rounds / 2)] }
    }
    function Save-Value([string] $name, [float[][]] $values) {
        $file = [IO.File]::Create("$folder/$name.bin")
        foreach ($part in $values) { $bytes = [byte[]]::new(4 * $part.Length); [Buffer]::BlockCopy($part, 0, $bytes, 0, $bytes.Length); $file.Write($bytes, 0, $bytes.Length) }
        $file.Dispose()
    }

    Measure-Task gradient 3 { Get-SaliencyMap -LiteralPath $pictures -Model $model -Method Gradient -Score Logit -BatchSize 8 }
    Save-Value gradient $result.Values
    Measure-Task gradcam 3 { Get-SaliencyMap -LiteralPath $pictures -Model $model -Method GradCam -Score Logit -BatchSize 8 }
    Save-Value gradcam $result.Values
    Measure-Task occlusion 2 { Invoke-Occlusion -LiteralPath $pictures[0] -Model $model -WindowSize 32 -Stride 16 -Score Logit }
    Save-Value occlusion (, $result.Scores)
    Measure-Task fgsm 3 { New-AdversarialExample -LiteralPath $pictures -Model $model -Method Fgsm -Epsilon $epsilon -BatchSize 8 }
    Save-Value fgsm $result.Adversarial
    Measure-Task bim 2 { New-AdversarialExample -LiteralPath $pictures -Model $model -Method Bim -Epsilon $epsilon -Steps 10 -StepSize ($epsilon / 4) -AllSteps -BatchSize 8 }
    $ours.bim.fooled = @($result | Where-Object { $_.After.Index -ne $_.Label.Index }).Count
    Measure-Task tsne 1 { ConvertTo-Tsne -LiteralPath "$folder/points.npy" -Seed 1 }
    $ours.tsne.divergence = $result.Divergence
    ConvertTo-Json $ours | Set-Content "$folder/ours.json"

    $lines = & $Python "$PSScriptRoot/peers.py" measure $folder $Threads | ForEach-Object { $_; } | ConvertFrom-Json
    if ($LASTEXITCODE -ne 0) { throw 'Python could not measure.' }
    $processor = if ($IsLinux) { (Get-Content /proc/cpuinfo -ErrorAction Ignore) -match '^model name' -replace '^.*:\s*' | Select-Object -First 1 }
    $table = @(
        "$Threads threads of $($processor ? $processor : 'this machine'), PyTorch $($lines[0].torch), $(Get-Date -Format yyyy-MM-dd)."
        ''
        '| | CnnVis | peer | times as fast | numbers |'
        '|---|---|---|---|---|'
        foreach ($line in $lines) { '| {0} | {1:0.00} s | {2:0.00} s | {3:0.0} | {4} |' -f $line.what, $line.ours_s, $line.peer_s, ($line.peer_s / $line.ours_s), $line.numbers }
    )
    $page = "$root/docs/performance.md"
    $marked = [regex] '(?s)(<!-- peers:begin[^>]*-->\n).*?(<!-- peers:end -->)'
    $text = [IO.File]::ReadAllText($page)
    if (-not $marked.IsMatch($text)) { throw "$page has lost its marks peers:begin and peers:end." }
    [IO.File]::WriteAllText($page, $marked.Replace($text, { param($match) $match.Groups[1].Value + ($table -join "`n") + "`n" + $match.Groups[2].Value }))
    $table
}
finally { [IO.Directory]::Delete($folder, $true) }
