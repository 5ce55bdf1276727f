# Where files, terminals and other programs meet the module.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $pictures = "$PSScriptRoot/../CnnVis.Engine.Tests/Images/Fixtures"
}

Describe 'Pictures of science' {
    It 'are read page by page' {
        $answers = Get-CnnPrediction "$pictures/pages.tif" -Model alexnet64
        $answers.Count | Should -Be 3
        $answers[2].Path | Should -Be "$([IO.Path]::GetFullPath("$pictures/pages.tif"))#3"
        (Get-CnnPrediction $answers[2].Path).Class | Should -Be $answers[2].Class
        (Get-CnnPrediction "$pictures/pages.tif#2").Path | Should -Be $answers[1].Path
    }

    It 'give each page a file of its own' {
        $files = Get-CnnActivation "$pictures/pages.tif" conv1 | Export-CnnImage "$TestDrive/{Name}.png" -PassThru
        $files.Name | Should -Be 'pages-1.png', 'pages-2.png', 'pages-3.png'
    }

    It 'are found in folders, and what cannot be read says how to convert it' {
        $folder = New-Item "$TestDrive/mixed" -ItemType Directory
        Copy-Item "$pictures/grey16.tif", "$pictures/rgb8.ppm", "$pictures/rgb.tga" $folder
        [IO.File]::WriteAllBytes("$folder/phone.heic", [byte[]] (0, 0, 0, 24 + [Text.Encoding]::ASCII.GetBytes('ftypheic') + (1..20)))
        $answers = Get-CnnPrediction $folder -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Count | Should -Be 3
        $failures.Count | Should -Be 1
        $failures[0].Exception.Message | Should -BeLike '*HEIC*PNG*'
    }
}

Describe 'Control characters' {
    It 'never reach the terminal: not from class names, not from paths' -Skip:$IsWindows {
        $escape = [char] 27
        $names = 1..(Import-CnnModel $tiny).Classes.Count | ForEach-Object { "$escape]0;owned$([char] 7)$_" }
        $model = Import-CnnModel $tiny -Label $names
        $photo = "$TestDrive/$escape[31mred.png"
        [IO.File]::Copy("$fixtures/red.png", $photo)
        $shown = Get-CnnPrediction -LiteralPath $photo -Model $model | Out-String
        $shown | Should -BeLike '*␛*owned*'
        # What PowerShell itself writes are colours of its tables.
        ($shown -replace "$escape\[[0-9;]*m") | Should -Not -BeLike "*$escape*"
        Get-CnnPrediction -LiteralPath "$TestDrive/$escape[2Jnone.png" -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].Exception.Message | Should -BeLike '*␛`[2Jnone.png*'
        $failures[0].CategoryInfo.ToString() | Should -Not -BeLike "*$escape*"
    }
}

Describe 'Temporary files' {
    It 'that have no place are told, with the variable that names another' -Skip:$IsWindows {
        $before = $env:TMPDIR
        $codes = Get-CnnCode $chelsea fc6
        try {
            $env:TMPDIR = "$TestDrive/none"
            { $codes | Export-CnnCode "$TestDrive/codes.npz" -ErrorAction Stop } | Should -Throw '*none*TMPDIR*'
            "$TestDrive/codes.npz" | Should -Not -Exist
        } finally {
            $env:TMPDIR = $before
        }
    }
}

Describe 'Checkpoints' {
    It 'tell of pictures that changed since' {
        $folder = New-Item "$TestDrive/photos" -ItemType Directory
        Copy-Item "$photos/*" $folder
        $null = Find-MaxActivatingImage $folder conv1 -Channel 0 -Checkpoint "$TestDrive/state.json"
        $null = Find-MaxActivatingImage $folder conv1 -Channel 0 -Checkpoint "$TestDrive/state.json" -WarningVariable quiet
        $quiet | Should -BeNullOrEmpty
        (Get-Item "$folder/coffee.png").LastWriteTimeUtc = [DateTime]::UtcNow.AddMinutes(1)
        $null = Find-MaxActivatingImage $folder conv1 -Channel 0 -Checkpoint "$TestDrive/state.json" -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*1 of the pictures*coffee.png*'
    }
}

Describe 'Networks' {
    It 'give their memory back by Dispose, and say so when they are used afterwards' {
        $model = Import-CnnModel resnet18 -Random
        $model.Dispose()
        { Get-CnnLayer -Model $model -ErrorAction Stop } | Should -Throw '*disposed*'
        $bundled = Get-CnnModel alexnet64
        $bundled.Dispose()
        (Get-CnnLayer conv1 -Model $bundled).Channels | Should -Be 64
    }

    It 'that nobody holds make room for others' -Skip:(-not $IsLinux) {
        function Resident { [int] ([regex]::Match([IO.File]::ReadAllText('/proc/self/status'), 'VmRSS:\s+(\d+)').Groups[1].Value) / 1024 }
        # The tests before have left more or less. Eight networks are 1,950 MB.
        $before = Resident
        1..8 | ForEach-Object { $null = Import-CnnModel alexnet -Random }
        (Resident) - $before | Should -BeLessThan 1000
    }
}
