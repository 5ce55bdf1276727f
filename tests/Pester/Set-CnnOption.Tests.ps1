BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $settings = $env:CNNVIS_OPTIONS, $env:CNNVIS_HOME
    $env:CNNVIS_OPTIONS = "$TestDrive/settings/options.json"
    $env:CNNVIS_HOME = $null
}

AfterAll {
    $env:CNNVIS_OPTIONS, $env:CNNVIS_HOME = $settings
}

Describe 'Set-CnnOption' {
    AfterEach {
        Remove-Item "$TestDrive/settings" -Recurse -ErrorAction Ignore
    }

    It 'chooses the network that is used when none is named' {
        Set-CnnOption -Model $tiny
        (Get-CnnPrediction "$fixtures/red.png").Model | Should -Be 'tiny'
        (Get-CnnPrediction "$fixtures/red.png" -Model alexnet64).Model | Should -Be 'alexnet64'
        Set-CnnOption -Reset Model
        (Get-CnnPrediction "$fixtures/red.png").Model | Should -Be 'resnet224'
    }

    It 'keeps what it is not asked to change' {
        Set-CnnOption -ColorMap viridis -TerminalPicture Sixel
        $options = Set-CnnOption -Thread 2 -PassThru
        $options.ColorMap, $options.TerminalPicture, $options.Thread | Should -Be 'Viridis', 'Sixel', 2
        (Get-CnnOption).ColorMap | Should -Be 'Viridis'
    }

    It 'moves the folder of networks, over which the variable wins' {
        Set-CnnOption -CacheFolder "$TestDrive/networks"
        (Get-CnnOption -Effective).CacheFolder | Should -Be ([IO.Path]::GetFullPath("$TestDrive/networks"))
        $env:CNNVIS_HOME = "$TestDrive/other"
        (Get-CnnOption -Effective).CacheFolder | Should -Be ([IO.Path]::GetFullPath("$TestDrive/other"))
        $env:CNNVIS_HOME = $null
    }

    It 'refuses what there is not, and changes nothing then' {
        { Set-CnnOption -Model nosuchnet -ErrorAction Stop } | Should -Throw '*nosuchnet*'
        { Set-CnnOption -Device toaster -ErrorAction Stop } | Should -Throw '*toaster*'
        { Set-CnnOption -ColorMap nosuchmap -ErrorAction Stop } | Should -Throw '*nosuchmap*'
        $env:CNNVIS_OPTIONS | Should -Not -Exist
        Set-CnnOption -Thread 3 -WhatIf
        $env:CNNVIS_OPTIONS | Should -Not -Exist
    }
}
