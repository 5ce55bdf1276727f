# What the tests share. Each file runs it in its BeforeAll.

# Whatever the caller's: a wrong file is no end, unless a test says so.
$ErrorActionPreference = 'Continue'

$manifest = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../CnnVis.psd1")
Import-Module $manifest

# Tests that name no network mean the small one.
$env:CNNVIS_OPTIONS = [System.IO.Path]::GetFullPath("$PSScriptRoot/fixtures/options.json")

$photos = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/photos")
$chelsea = "$photos/chelsea.png"
$coffee = "$photos/coffee.png"
$rocket = "$photos/rocket.jpg"

$fixtures = [System.IO.Path]::GetFullPath("$PSScriptRoot/fixtures")
$tiny = "$fixtures/tiny.onnx"

# Data that lie beside the clone where somebody has them.
$shared = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../../shared")

function LargestDifference($First, $Second) {
    $largest = 0.0
    for ($i = 0; $i -lt $First.Length; $i++) { $largest = [Math]::Max($largest, [Math]::Abs($First[$i] - $Second[$i])) }
    $largest
}

# Width and height, from the header of a PNG.
function SizeOf([string] $Path) {
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    if ([BitConverter]::ToString($bytes, 0, 8) -ne '89-50-4E-47-0D-0A-1A-0A') { throw "$Path is no PNG." }
    foreach ($at in 16, 20) { [System.Net.IPAddress]::NetworkToHostOrder([BitConverter]::ToInt32($bytes, $at)) }
}

function NamesIn([string] $Folder) { [System.IO.Directory]::GetFileSystemEntries($Folder) | ForEach-Object { [System.IO.Path]::GetFileName($_) } | Sort-Object }

# What a script leaves in the variable kept when it is stopped while it works. It finds what it is given in $given.
function KeptWhenStopped([string] $Script, $Given) {
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
    $null = $shell.AddScript("param(`$manifest, `$given) Import-Module `$manifest; $Script").AddArgument($manifest).AddArgument($Given)
    $null = $shell.BeginInvoke()
    $started = [DateTime]::UtcNow
    while ($shell.Streams.Progress.Count -lt 3 -and ([DateTime]::UtcNow - $started).TotalSeconds -lt 120) { [System.Threading.Thread]::Sleep(50) }
    $shell.Stop()
    $shell.Runspace.SessionStateProxy.GetVariable('kept')
    $shell.Dispose()
}

# One word of a page beside what was written: the same, or a number that is as near as another machine's rounding brings it after many steps.
function IsSame([string] $Page, [string] $Now) {
    if ($Page -ceq $Now -or ($Page -match '^-+$' -and $Now -match '^-+$')) { return $true }
    $number = '^(?<sign>[-(]*)(?<digits>[\d,]+(\.(?<places>\d+))?(E[-+]?\d+)?)(?<rest>[%),;]*)$'
    if ($Page -notmatch $number) { return $false }
    $first = $Matches
    if ($Now -notmatch $number) { return $false }
    if ($first.sign -cne $Matches.sign -or $first.rest -cne $Matches.rest) { return $false }
    # Whole numbers count something.
    if (-not $first.places -and -not $Matches.places) { return $false }
    $last = [Math]::Pow(10, -[Math]::Min("$($first.places)".Length, "$($Matches.places)".Length))
    $a, $b = [double] $first.digits, [double] $Matches.digits
    [Math]::Abs($a - $b) -le 0.1 * [Math]::Max($a, $b) + 1.5 * $last
}

function FirstDifference([string] $Page, [string] $Now) {
    $words = -split $Page
    $written = -split $Now
    for ($i = 0; $i -lt [Math]::Max($words.Length, $written.Length); $i++) {
        if (-not (IsSame $words[$i] $written[$i])) { return "'$($words[$i])' stands in the page and '$($written[$i])' was written, as word $i of:`n$Now" }
    }
}
